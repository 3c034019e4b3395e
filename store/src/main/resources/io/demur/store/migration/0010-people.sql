-- readable from: 8
-- The log's entries about what people do with refusals (and of requests that came again elsewhere),
-- so that what refusing costs can be counted without reading the whole log; and ways to exchanges by
-- time, by who asked, and by conversation. An earlier program leaves the rows out: they are put there
-- the next time.

CREATE TABLE people (
    origin TEXT NOT NULL,
    idx BIGINT NOT NULL,
    type TEXT NOT NULL,
    attempt TEXT,
    id TEXT,
    micros BIGINT NOT NULL,
    entry TEXT NOT NULL,
    PRIMARY KEY (origin, idx)
);
CREATE INDEX people_micros ON people (origin, micros);

CREATE INDEX entry_type ON entry (type, origin, idx);
CREATE INDEX exchange_micros ON exchange (origin, micros);
CREATE INDEX exchange_asked ON exchange (principal, micros);
CREATE INDEX exchange_conversation ON exchange (conversation, principal, micros);
DROP INDEX exchange_principal;
