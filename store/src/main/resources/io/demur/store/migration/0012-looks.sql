-- readable from: 8
-- Who has taken which case, and when last: it was seen, whatever became of it. An earlier program
-- leaves that out.

CREATE TABLE case_look (
    reviewer TEXT NOT NULL,
    id TEXT NOT NULL,
    micros BIGINT NOT NULL,
    PRIMARY KEY (reviewer, id)
);
CREATE INDEX case_look_reviewer ON case_look (reviewer, micros);
