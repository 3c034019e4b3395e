-- readable from: 8
-- What is left of requests that were refused, and of later ones of whoever was refused something:
-- keyed hashes and no word, sealed by the key of the subject, so that they are gone with it. A row
-- says whether it was refused, whether it was compared with what was refused before, who wrote it
-- and when, and to which case it belongs. An earlier program leaves them alone, and erases what
-- opens them.

CREATE TABLE request_print (
    attempt TEXT NOT NULL PRIMARY KEY,
    subject TEXT NOT NULL,
    sealed ${blob} NOT NULL,
    refused BIGINT NOT NULL,
    compared BIGINT NOT NULL,
    writer TEXT NOT NULL,
    written BIGINT NOT NULL,
    micros BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    case_id TEXT,
    cased BIGINT
);
CREATE INDEX request_print_subject ON request_print (subject, micros);
CREATE INDEX request_print_written ON request_print (written);
CREATE INDEX request_print_expires ON request_print (expires);
CREATE INDEX request_print_compared ON request_print (compared, written);
