package dev.gatehouse.tools.job.postgres;

import dev.gatehouse.testing.PostgresServer;
import dev.gatehouse.tools.job.JobRunner;
import dev.gatehouse.tools.job.JobStore;
import dev.gatehouse.tools.job.JobStoreContract;
import dev.gatehouse.tools.job.JobTools;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The store in PostgreSQL. */
class PostgresJobStoreTests extends JobStoreContract {

    private static final int WORKERS = 2;

    private final List<SharedJobsFixture> opened = new ArrayList<>();

    @Override
    protected JobStore open(JobTools tools, JobRunner runner) {
        SharedJobsFixture jobs =
                new SharedJobsFixture(
                        PostgresServer.shared().newDatabase(), "one", WORKERS, tools, runner);
        opened.add(jobs);
        return jobs.store();
    }

    @AfterEach
    void closeAll() {
        opened.forEach(SharedJobsFixture::close);
    }
}
