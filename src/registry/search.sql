-- include: "registry/instrument.h"

-- name: search_word_add
-- about: A word that finds a thing.
-- in: kind text, word text, id int64
-- rows: none
INSERT INTO search_word (kind, word, id) VALUES (:kind, :word, :id) ON CONFLICT DO NOTHING

-- name: search_word_clear
-- about: Takes away the words of one thing.
-- in: kind text, id int64
-- rows: none
DELETE FROM search_word WHERE kind = :kind AND id = :id

-- name: search_parties
-- about: Parties that have a word in each of four pairs of ranges (a word and its stem), by key.
-- in: from1 text, to1 text, from2 text, to2 text, from3 text, to3 text, from4 text, to4 text
-- in: stem1 text, last1 text, stem2 text, last2 text, stem3 text, last3 text, stem4 text, last4 text
-- in: after party_id, limit int64
-- out: id party_id
-- rows: many
SELECT DISTINCT a.id FROM search_word AS a
WHERE a.kind = 'party' AND (a.word >= :from1 AND a.word < :to1 OR a.word >= :stem1 AND a.word < :last1) AND a.id > :after
    AND EXISTS (SELECT 1 FROM search_word AS b
        WHERE b.kind = 'party' AND b.id = a.id AND (b.word >= :from2 AND b.word < :to2 OR b.word >= :stem2 AND b.word < :last2))
    AND EXISTS (SELECT 1 FROM search_word AS c
        WHERE c.kind = 'party' AND c.id = a.id AND (c.word >= :from3 AND c.word < :to3 OR c.word >= :stem3 AND c.word < :last3))
    AND EXISTS (SELECT 1 FROM search_word AS d
        WHERE d.kind = 'party' AND d.id = a.id AND (d.word >= :from4 AND d.word < :to4 OR d.word >= :stem4 AND d.word < :last4))
ORDER BY a.id LIMIT :limit

-- name: register_rows_words
-- about: Instruments of legal persons whose holder has a word in each of four pairs of ranges, newest first. '' matches any kind or status.
-- in: from1 text, to1 text, from2 text, to2 text, from3 text, to3 text, from4 text, to4 text
-- in: stem1 text, last1 text, stem2 text, last2 text, stem3 text, last3 text, stem4 text, last4 text
-- in: kind text, status text, before instrument_id, limit int64
-- out: id instrument_id
-- rows: many
SELECT i.id FROM instrument AS i JOIN party AS p ON p.id = i.party
WHERE i.id < :before AND (:kind = '' OR i.kind = :kind) AND (:status = '' OR i.status = :status)
    AND p.kind <> 'natural_person'
    AND i.party IN (SELECT a.id FROM search_word AS a
        WHERE a.kind = 'party' AND (a.word >= :from1 AND a.word < :to1 OR a.word >= :stem1 AND a.word < :last1))
    AND EXISTS (SELECT 1 FROM search_word AS b
        WHERE b.kind = 'party' AND b.id = i.party AND (b.word >= :from2 AND b.word < :to2 OR b.word >= :stem2 AND b.word < :last2))
    AND EXISTS (SELECT 1 FROM search_word AS c
        WHERE c.kind = 'party' AND c.id = i.party AND (c.word >= :from3 AND c.word < :to3 OR c.word >= :stem3 AND c.word < :last3))
    AND EXISTS (SELECT 1 FROM search_word AS d
        WHERE d.kind = 'party' AND d.id = i.party AND (d.word >= :from4 AND d.word < :to4 OR d.word >= :stem4 AND d.word < :last4))
ORDER BY i.id DESC LIMIT :limit

-- name: register_rows_all
-- about: Instruments of legal persons, newest first. '' matches any status.
-- in: status text, before instrument_id, limit int64
-- out: id instrument_id
-- rows: many
SELECT i.id FROM instrument AS i JOIN party AS p ON p.id = i.party
WHERE i.id < :before AND (:status = '' OR i.status = :status) AND p.kind <> 'natural_person'
ORDER BY i.id DESC LIMIT :limit

-- name: register_rows_kind
-- about: Instruments of one kind of legal persons, newest first. '' matches any status.
-- in: kind text, status text, before instrument_id, limit int64
-- out: id instrument_id
-- rows: many
SELECT i.id FROM instrument AS i JOIN party AS p ON p.id = i.party
WHERE i.kind = :kind AND i.id < :before AND (:status = '' OR i.status = :status) AND p.kind <> 'natural_person'
ORDER BY i.id DESC LIMIT :limit
