/** Jobs in PostgreSQL, which several instances share and db-scheduler runs. */
@NullMarked
package dev.gatehouse.tools.job.postgres;

import org.jspecify.annotations.NullMarked;
