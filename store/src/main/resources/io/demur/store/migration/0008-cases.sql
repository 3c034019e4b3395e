-- readable from: 8
-- What people look at: sampled answers, seeded cases, incidents, appeals and reports, and of held
-- requests who is at work on them. `about` is what a kind knows beside the rest, as canonical JSON
-- without a word of anybody's. An earlier program would leave decisions out of the log.

CREATE TABLE review_case (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    attempt TEXT,
    subject TEXT,
    project TEXT,
    hazard TEXT,
    model TEXT,
    model_class TEXT,
    about TEXT NOT NULL,
    created BIGINT NOT NULL,
    due BIGINT NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    claimant TEXT,
    claimed BIGINT
);
CREATE INDEX review_case_state ON review_case (state, due);
CREATE INDEX review_case_attempt ON review_case (attempt);

CREATE TABLE case_decision (
    id TEXT NOT NULL,
    nr BIGINT NOT NULL,
    reviewer TEXT NOT NULL,
    decision TEXT NOT NULL,
    reason TEXT NOT NULL,
    acceptable TEXT,
    severity TEXT,
    micros BIGINT NOT NULL,
    PRIMARY KEY (id, nr)
);
CREATE INDEX case_decision_reviewer ON case_decision (reviewer, micros);
