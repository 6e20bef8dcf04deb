/** The SEO audit: what search engines see of a page or a site, judged by rules with evidence. */
@NullMarked
package dev.gatehouse.tools.seo;

import org.jspecify.annotations.NullMarked;
