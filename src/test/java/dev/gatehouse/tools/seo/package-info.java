/** Tests of the SEO audit. */
@NullMarked
package dev.gatehouse.tools.seo;

import org.jspecify.annotations.NullMarked;
