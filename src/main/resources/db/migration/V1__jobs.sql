-- The jobs of all tools, with their events and results. Times are the database's own.

CREATE TABLE job (
    id              text        PRIMARY KEY,
    tool            text        NOT NULL,
    caller          text        NOT NULL,
    idempotency_key text,
    reuse_key       text,
    request         text        NOT NULL,
    state           text        NOT NULL DEFAULT 'QUEUED',
    -- Rises with each execution: only the last one may write.
    attempt         integer     NOT NULL DEFAULT 0,
    instance        text        NOT NULL,
    progress        text,
    report          text,
    failure_code    text,
    failure_text    text,
    last_event      bigint      NOT NULL DEFAULT 1,
    kept            interval    NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    started_at      timestamptz,
    ended_at        timestamptz,
    -- When the result is no longer kept. The row stays for as long again.
    expires_at      timestamptz
);

CREATE UNIQUE INDEX job_idempotency_key ON job (caller, tool, idempotency_key)
    WHERE idempotency_key IS NOT NULL;
CREATE INDEX job_reuse_key ON job (tool, reuse_key, created_at)
    WHERE reuse_key IS NOT NULL AND state = 'DONE';
CREATE INDEX job_live ON job (tool, state) WHERE ended_at IS NULL;
CREATE INDEX job_expires_at ON job (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE job_event (
    job_id text   NOT NULL REFERENCES job ON DELETE CASCADE,
    number bigint NOT NULL,
    type   text   NOT NULL,
    data   text   NOT NULL,
    PRIMARY KEY (job_id, number)
);

-- A key may be longer than what an index takes: its hash is unique instead.
CREATE TABLE job_row (
    job_id   text   NOT NULL REFERENCES job ON DELETE CASCADE,
    kind     text   NOT NULL,
    key_hash bytea  NOT NULL,
    number   bigint NOT NULL,
    key      text   NOT NULL,
    facets   jsonb  NOT NULL,
    data     text   NOT NULL,
    PRIMARY KEY (job_id, kind, key_hash)
);
CREATE INDEX job_row_number ON job_row (job_id, kind, number);

CREATE TABLE job_part (
    job_id     text    NOT NULL REFERENCES job ON DELETE CASCADE,
    name       text    NOT NULL,
    attempt    integer NOT NULL,
    media_type text    NOT NULL,
    size       bigint  NOT NULL,
    PRIMARY KEY (job_id, name)
);

CREATE TABLE job_part_chunk (
    job_id  text    NOT NULL REFERENCES job ON DELETE CASCADE,
    name    text    NOT NULL,
    attempt integer NOT NULL,
    number  integer NOT NULL,
    bytes   bytea   NOT NULL,
    PRIMARY KEY (job_id, name, attempt, number)
);

-- What is left of the limits. A crash of the database empties it: the limits then begin anew.
CREATE UNLOGGED TABLE rate_limit (
    key        text             PRIMARY KEY,
    tokens     double precision NOT NULL,
    updated_at timestamptz      NOT NULL
);
CREATE INDEX rate_limit_updated_at ON rate_limit (updated_at);

-- The instances that live, each with what it says about itself.
CREATE UNLOGGED TABLE instance (
    name       text        PRIMARY KEY,
    started_at timestamptz NOT NULL,
    seen_at    timestamptz NOT NULL,
    status     text        NOT NULL
);

-- As db-scheduler wants it.
CREATE TABLE scheduled_tasks (
    task_name            text        NOT NULL,
    task_instance        text        NOT NULL,
    task_data            bytea,
    execution_time       timestamptz NOT NULL,
    picked               boolean     NOT NULL,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      NOT NULL,
    priority             smallint,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_execution_time ON scheduled_tasks (task_name, execution_time);
CREATE INDEX scheduled_tasks_last_heartbeat ON scheduled_tasks (last_heartbeat);
