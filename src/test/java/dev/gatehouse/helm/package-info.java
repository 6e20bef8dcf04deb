/** The Helm chart: rendered by Helm itself, read as Kubernetes reads it, probed as kubelet does. */
@NullMarked
package dev.gatehouse.helm;

import org.jspecify.annotations.NullMarked;
