-- readable from: 3
-- Who may ask what. The log says when it was changed; only the hashes of keys and the names of
-- principals, sealed by each one's own key, are nowhere else. An earlier program would not take in
-- what the log says of it.

CREATE TABLE access_version (
    one BIGINT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL
);
INSERT INTO access_version (one, version) VALUES (1, 1);

CREATE TABLE principal (
    id TEXT NOT NULL PRIMARY KEY,
    sealed ${blob} NOT NULL,
    role TEXT NOT NULL,
    requests_per_minute BIGINT,
    tokens_per_minute BIGINT,
    concurrent BIGINT,
    tokens_per_day BIGINT,
    created BIGINT NOT NULL,
    removed BIGINT
);

CREATE TABLE project (
    name TEXT NOT NULL PRIMARY KEY,
    purpose TEXT,
    created BIGINT NOT NULL,
    removed BIGINT
);

CREATE TABLE access_key (
    id TEXT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL,
    principal TEXT NOT NULL,
    project TEXT,
    operations TEXT NOT NULL,
    models TEXT NOT NULL,
    created BIGINT NOT NULL,
    expires BIGINT,
    revoked BIGINT,
    successor TEXT
);
CREATE INDEX access_key_principal ON access_key (principal);

-- Changes that the log does not have yet. What they give holds once it has; what they take away
-- was taken away when the row was written.
CREATE TABLE access_pending (
    id TEXT NOT NULL PRIMARY KEY,
    what TEXT NOT NULL,
    name TEXT NOT NULL,
    micros BIGINT NOT NULL,
    entry TEXT NOT NULL,
    beside ${blob},
    claimant TEXT,
    claimed BIGINT
);

-- Changes as the log has them.
CREATE TABLE access_change (
    origin TEXT NOT NULL,
    idx BIGINT NOT NULL,
    id TEXT NOT NULL,
    micros BIGINT NOT NULL,
    what TEXT NOT NULL,
    name TEXT NOT NULL,
    entry TEXT NOT NULL,
    PRIMARY KEY (origin, idx)
);
CREATE INDEX access_change_name ON access_change (what, name);

-- What principals used, by UTC day since 1970; each run of a program has rows of its own, and
-- writes the whole of what it has counted, so that writing twice counts once.
CREATE TABLE spending (
    principal TEXT NOT NULL,
    project TEXT NOT NULL,
    day BIGINT NOT NULL,
    run TEXT NOT NULL,
    requests BIGINT NOT NULL,
    tokens_in BIGINT NOT NULL,
    tokens_out BIGINT NOT NULL,
    PRIMARY KEY (principal, project, day, run)
);
CREATE INDEX spending_day ON spending (day);
