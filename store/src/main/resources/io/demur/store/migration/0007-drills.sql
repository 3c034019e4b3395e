-- readable from: 6
-- The log's DRILL entries, so that what is known by drills can be counted again without reading the
-- whole log.

CREATE TABLE drill (
    origin TEXT NOT NULL,
    idx BIGINT NOT NULL,
    entry TEXT NOT NULL,
    PRIMARY KEY (origin, idx)
);
