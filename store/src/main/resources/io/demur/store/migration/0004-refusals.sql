-- readable from: 3
-- What a gateway remembers of its refusals: hashes under a key of the installation, sealed by the
-- key of the subject that was refused, so that they are gone with it. An earlier program leaves
-- them alone, and erases what opens them.

CREATE TABLE refusal (
    attempt TEXT NOT NULL PRIMARY KEY,
    subject TEXT NOT NULL,
    sealed ${blob} NOT NULL,
    micros BIGINT NOT NULL,
    expires BIGINT NOT NULL
);
CREATE INDEX refusal_subject ON refusal (subject, micros);
CREATE INDEX refusal_expires ON refusal (expires);
