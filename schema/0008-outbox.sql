-- Letters by e-mail that wait for the network: written in the transaction of what they tell, sent after its commit
-- (src/access/outbox.h). Not official: a register is rebuilt without it. The text goes once it was sent, since it may
-- hold a link that opens an account.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    lang TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT,
    put_at_ms INTEGER NOT NULL,
    tries INTEGER NOT NULL CHECK (tries >= 0),
    next_at_ms INTEGER,
    done_at_ms INTEGER,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'given_up')),
    failure TEXT
) STRICT;
CREATE INDEX outbox_next ON outbox (next_at_ms, id) WHERE state = 'waiting';
CREATE INDEX outbox_done ON outbox (done_at_ms) WHERE state <> 'waiting';

-- How far something was told by letter: "notification", the number of the last one.
CREATE TABLE outbox_told (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;
