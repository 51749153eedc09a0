-- Folded words of what the register shows (base/fold.h), one table for both engines; a search is a prefix.
CREATE TABLE search_word (
    kind TEXT NOT NULL,
    word TEXT NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (kind, word, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX search_word_id ON search_word (kind, id, word);
