-- readable from: 6
-- Limits of projects. An earlier program would let by what they hold back.

ALTER TABLE project ADD COLUMN requests_per_minute BIGINT;
ALTER TABLE project ADD COLUMN tokens_per_minute BIGINT;
ALTER TABLE project ADD COLUMN concurrent BIGINT;
ALTER TABLE project ADD COLUMN tokens_per_day BIGINT;
