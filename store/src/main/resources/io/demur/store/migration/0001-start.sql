-- readable from: 1
-- What the log says, in tables that can be asked; and the bodies, which are nowhere else.
-- ${blob} and ${slot} stand for what each database calls them.

CREATE TABLE projection (
    origin TEXT NOT NULL PRIMARY KEY,
    next_index BIGINT NOT NULL,
    checked_size BIGINT NOT NULL,
    checked_root TEXT NOT NULL
);

CREATE TABLE entry (
    origin TEXT NOT NULL,
    idx BIGINT NOT NULL,
    type TEXT NOT NULL,
    micros BIGINT NOT NULL,
    id TEXT,
    attempt TEXT,
    PRIMARY KEY (origin, idx)
);
CREATE INDEX entry_id ON entry (id);
CREATE INDEX entry_attempt ON entry (attempt);

CREATE TABLE exchange (
    attempt TEXT NOT NULL PRIMARY KEY,
    origin TEXT NOT NULL,
    idx BIGINT NOT NULL,
    micros BIGINT NOT NULL,
    principal TEXT NOT NULL,
    subject TEXT NOT NULL,
    project TEXT,
    purpose TEXT,
    protocol TEXT NOT NULL,
    model TEXT NOT NULL,
    model_class TEXT NOT NULL,
    model_digest TEXT,
    policy TEXT,
    conversation TEXT,
    request_mode TEXT NOT NULL,
    request_bytes BIGINT NOT NULL,
    request_commitment TEXT NOT NULL,
    request_stored TEXT,
    outcome_idx BIGINT,
    outcome_micros BIGINT,
    result TEXT,
    decision TEXT,
    refused_by TEXT,
    hazard TEXT,
    reason TEXT,
    rules TEXT,
    judges TEXT,
    harm_ppm BIGINT,
    reply_mode TEXT,
    reply_bytes BIGINT,
    reply_commitment TEXT,
    reply_stored TEXT,
    released_bytes BIGINT,
    tokens_in BIGINT,
    tokens_out BIGINT,
    took_micros BIGINT
);
CREATE INDEX exchange_subject ON exchange (subject);
CREATE INDEX exchange_principal ON exchange (principal);
CREATE INDEX exchange_origin ON exchange (origin, idx);

-- What has to be destroyed one day lies in places of fixed length, which are overwritten and used
-- again but never moved or freed: a database that moves rows about leaves copies of what it moved.
CREATE TABLE subject_key (
    slot ${slot},
    wrapped ${blob} NOT NULL
);

CREATE TABLE place (
    slot ${slot},
    content ${blob} NOT NULL
);

CREATE TABLE free_place (
    slot BIGINT NOT NULL PRIMARY KEY,
    room BIGINT NOT NULL
);
CREATE INDEX free_place_room ON free_place (room, slot);

CREATE TABLE subject (
    id TEXT NOT NULL PRIMARY KEY,
    lookup TEXT NOT NULL UNIQUE,
    slot BIGINT NOT NULL UNIQUE,
    created BIGINT NOT NULL
);

CREATE TABLE body (
    attempt TEXT NOT NULL,
    part TEXT NOT NULL,
    subject TEXT NOT NULL REFERENCES subject (id),
    mode TEXT NOT NULL,
    slot BIGINT UNIQUE,
    room BIGINT,
    length BIGINT,
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    PRIMARY KEY (attempt, part)
);
CREATE INDEX body_subject ON body (subject);
CREATE INDEX body_expires ON body (expires);

CREATE TABLE legal_hold (
    id TEXT NOT NULL PRIMARY KEY,
    subject TEXT NOT NULL,
    reason TEXT NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT,
    lifted BIGINT
);
CREATE INDEX legal_hold_subject ON legal_hold (subject);
