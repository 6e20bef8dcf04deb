/** Tests of the jobs in PostgreSQL. */
@NullMarked
package dev.gatehouse.tools.job.postgres;

import org.jspecify.annotations.NullMarked;
