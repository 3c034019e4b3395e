-- readable from: 8
-- The way from an exchange to what people and incidents had to do with it.

CREATE INDEX people_attempt ON people (attempt, type);
CREATE INDEX people_id ON people (id);
