-- readable from: 8
-- Ways to cases by whose they are and by kind, the newest first; and of a later request, which
-- refused one it is like, so that what others send comes under cases of their own. An earlier
-- program leaves that empty.

CREATE INDEX review_case_subject ON review_case (subject, created);
CREATE INDEX review_case_kind ON review_case (kind, created);
ALTER TABLE request_print ADD COLUMN around TEXT;
CREATE INDEX request_print_around ON request_print (around, subject);
