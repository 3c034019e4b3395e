-- readable from: 8
-- How much of the time of an exchange the gateway took itself; nothing where the log does not say
-- so, as of all that came before. An earlier program leaves it out of what it takes in: `demur store
-- check` finds such rows, and `demur store rebuild` makes up for them.

ALTER TABLE exchange ADD COLUMN added_micros BIGINT;
