-- readable from: 8
-- Which pairs of a refused and a later request were put to a judge, and what it said: so that none
-- is asked of twice, and no more in a day than may be. No word of either. They go with what is left
-- of the later request; an earlier program leaves them alone.

CREATE TABLE asked_pair (
    later TEXT NOT NULL,
    refused_attempt TEXT NOT NULL,
    subject TEXT NOT NULL,
    micros BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    said TEXT,
    PRIMARY KEY (later, refused_attempt)
);
CREATE INDEX asked_pair_subject ON asked_pair (subject);
CREATE INDEX asked_pair_micros ON asked_pair (micros);
CREATE INDEX asked_pair_expires ON asked_pair (expires);
