-- readable from: 2
-- Erasures that were begun: from here on no hold can be put on the subject. A row is written
-- before the log is told, and goes together with the subject; each run has rows of its own.

CREATE TABLE erasure (
    subject TEXT NOT NULL,
    id TEXT NOT NULL,
    began BIGINT NOT NULL,
    PRIMARY KEY (subject, id)
);
