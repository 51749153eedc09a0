-- Answers to forms and API calls that were sent with a key: sending one again answers the same and changes nothing.
CREATE TABLE form_answered (
    key BLOB PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    status INTEGER NOT NULL,
    location TEXT,
    content_type TEXT,
    body BLOB
) STRICT;
CREATE INDEX form_answered_at ON form_answered (at_ms);
