-- readable from: 8
-- How many there are of one subject is known without reading the rows: what is sealed lies before
-- the columns that were looked at, and takes pages of its own.

CREATE INDEX request_print_room ON request_print (subject, refused, micros, compared);
