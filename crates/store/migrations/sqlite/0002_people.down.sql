-- Takes away what people signed in with and shared.
DROP TABLE installation;
DROP TABLE idempotency;
DROP TABLE answers;
DROP TABLE links;
DROP TABLE tokens;
DROP TABLE invitations;
DROP TABLE sessions;
ALTER TABLE carousels DROP COLUMN score;
ALTER TABLE workspaces DROP COLUMN settings;
DROP INDEX audit_newest;
DROP INDEX members_of_account;
DROP INDEX members_account;
ALTER TABLE members DROP COLUMN seen_at;
ALTER TABLE members DROP COLUMN removed_at;
ALTER TABLE members DROP COLUMN account_id;
DROP TABLE accounts;
