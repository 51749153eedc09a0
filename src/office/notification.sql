-- include: "office/notification.h"

-- name: notification_insert
-- about: A notification that an act opens, in the inbox of its party.
-- in: id notification_id, act int64, act_kind text, party party_id, dossier dossier_id null
-- in: instrument instrument_id null, negative bool, channel text, sent_on date
-- rows: none
INSERT INTO notification (id, act, act_kind, party, dossier, instrument, negative, channel, sent_on)
VALUES (:id, :act, :act_kind, :party, :dossier, :instrument, :negative, :channel, :sent_on)

-- name: notification_send_row
-- about: Sent by another channel.
-- in: id notification_id, channel text, sent_on date, letter_number text null
-- rows: changed
UPDATE notification SET channel = :channel, sent_on = :sent_on, letter_number = :letter_number WHERE id = :id

-- name: notification_prove_row
-- about: The proof that came, once.
-- in: id notification_id, proof text, proven_on date
-- rows: changed
UPDATE notification SET proof = :proof, proven_on = :proven_on WHERE id = :id AND proof IS NULL

-- name: notification_row_get
-- about: A notification.
-- in: id notification_id
-- out: id notification_id, act int64, act_kind text, party party_id, dossier dossier_id null
-- out: instrument instrument_id null, negative bool, channel text, sent_on date null, letter_number text null
-- out: proof text null, proven_on date null
-- rows: one
SELECT id, act, act_kind, party, dossier, instrument, negative, channel, sent_on, letter_number, proof, proven_on
FROM notification WHERE id = :id

-- name: notification_id_of_act
-- about: The notification of an act.
-- in: act int64
-- out: id notification_id
-- rows: one
SELECT id FROM notification WHERE act = :act ORDER BY id LIMIT 1

-- name: notification_rows_party
-- about: The inbox of a party, newest first.
-- in: party party_id, before notification_id, limit int64
-- out: id notification_id
-- rows: many
SELECT id FROM notification WHERE party = :party AND id < :before ORDER BY id DESC LIMIT :limit

-- name: notification_rows_unproven
-- about: Notifications without a proof, oldest first.
-- in: after notification_id, limit int64
-- out: id notification_id
-- rows: many
SELECT id FROM notification WHERE proven_on IS NULL AND id > :after ORDER BY id LIMIT :limit

-- name: notification_rows_after
-- about: Notifications by rising number, for whoever tells the parties that a letter waits.
-- in: after notification_id, limit int64
-- out: id notification_id
-- rows: many
SELECT id FROM notification WHERE id > :after ORDER BY id LIMIT :limit

-- name: notification_last_id
-- about: The number of the newest notification, 0 when there is none.
-- out: last int64
-- rows: exactly_one
SELECT CAST(coalesce(max(id), 0) AS BIGINT) AS last FROM notification
