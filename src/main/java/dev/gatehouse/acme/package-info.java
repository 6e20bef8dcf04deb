/** Answers the challenges by which a certificate authority checks that the site's name is ours. */
@NullMarked
package dev.gatehouse.acme;

import org.jspecify.annotations.NullMarked;
