-- The status page's history: a row for each time in which a component's condition did not change.
-- Times are those of the instance. Two intervals may begin at the same moment, one of no length.

CREATE TABLE status_interval (
    instance  text        NOT NULL,
    component text        NOT NULL,
    begins_at timestamptz NOT NULL,
    ends_at   timestamptz NOT NULL,
    condition text        NOT NULL,
    PRIMARY KEY (instance, component, begins_at, condition)
);
