-- readable from: 5
-- Requests that wait for a person, by the attempt that was held. What was asked lies among the
-- bodies; here it is known again by a keyed hash alone. An earlier program would hold a released
-- request once more, and forget these rows where it erases a subject.

CREATE TABLE held_request (
    attempt TEXT NOT NULL PRIMARY KEY,
    principal TEXT NOT NULL,
    project TEXT,
    model TEXT NOT NULL,
    protocol TEXT NOT NULL,
    digest TEXT NOT NULL,
    rules TEXT NOT NULL,
    hazard TEXT,
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    state TEXT NOT NULL,
    decided BIGINT,
    reviewer TEXT,
    reason TEXT,
    until BIGINT,
    used_by TEXT
);
CREATE INDEX held_request_same ON held_request (principal, digest);
CREATE INDEX held_request_state ON held_request (state, created);

-- Entries that wait for whoever has the log.
CREATE TABLE pending_entry (
    id TEXT NOT NULL PRIMARY KEY,
    micros BIGINT NOT NULL,
    entry TEXT NOT NULL,
    claimant TEXT,
    claimed BIGINT
);
