-- TikTok Shop Auth, schema version 2, for H2. Instants are UTC without zone; tokens are encrypted.
-- Ids are compared exactly: VARCHAR_CASESENSITIVE is what VARCHAR is in a database without IGNORECASE.
-- Hosts with a migration tool of their own may run this file with it, as it stands.

CREATE TABLE IF NOT EXISTS tiktok_shop_auth_schema (
  id SMALLINT NOT NULL PRIMARY KEY,
  version INT NOT NULL,
  compatible_since INT NOT NULL
);

-- due_at is when a row wants attention next, NULL for never; the database keeps it true to the columns that it is made of.
-- A disconnected row stays as history: is_active is false, tokens, user_id and shop_id are NULL, former_* tell whose it was.
CREATE TABLE IF NOT EXISTS tiktok_shop_auth (
  id VARCHAR_CASESENSITIVE(36) NOT NULL PRIMARY KEY,
  user_id VARCHAR_CASESENSITIVE(256),
  shop_id VARCHAR_CASESENSITIVE(256),
  shop_name VARCHAR,
  access_token VARCHAR,
  refresh_token VARCHAR,
  access_token_expires_at TIMESTAMP(3) NOT NULL,
  refresh_token_expires_at TIMESTAMP(3),
  scope VARCHAR,
  region VARCHAR,
  is_active BOOLEAN DEFAULT TRUE NOT NULL,
  created_at TIMESTAMP(3) NOT NULL,
  updated_at TIMESTAMP(3) NOT NULL,
  deleted_at TIMESTAMP(3),
  app_key VARCHAR_CASESENSITIVE(256),
  shop_cipher VARCHAR,
  shop_without_cipher BOOLEAN DEFAULT FALSE NOT NULL,
  open_id VARCHAR,
  generation BIGINT NOT NULL,
  tokens_obtained_at TIMESTAMP(3) NOT NULL,
  authorized_at TIMESTAMP(3) NOT NULL,
  authorized_shops INT,
  lease_owner VARCHAR(256),
  lease_until TIMESTAMP(3),
  cool_down_until TIMESTAMP(3),
  failures INT DEFAULT 0 NOT NULL,
  last_code VARCHAR(128),
  last_request_id VARCHAR(256),
  outcome_unknown BOOLEAN DEFAULT FALSE NOT NULL,
  refusals INT DEFAULT 0 NOT NULL,
  first_refused_at TIMESTAMP(3),
  reauthorization_type VARCHAR(16),
  reauthorization_reason VARCHAR(256),
  next_try_at TIMESTAMP(3),
  forced_at TIMESTAMP(3),
  forced_outcome VARCHAR(128),
  check_requested_at TIMESTAMP(3),
  check_not_before TIMESTAMP(3),
  due_at TIMESTAMP(3) GENERATED ALWAYS AS (
    CASE
      WHEN is_active = FALSE OR reauthorization_type = 'HARD' THEN NULL
      WHEN check_requested_at < COALESCE(next_try_at, access_token_expires_at) THEN check_requested_at
      ELSE COALESCE(next_try_at, access_token_expires_at)
    END
  ),
  former_user_id VARCHAR_CASESENSITIVE(256),
  former_shop_id VARCHAR_CASESENSITIVE(256),
  CONSTRAINT tiktok_shop_auth_one_per_user UNIQUE (user_id),
  CONSTRAINT tiktok_shop_auth_one_per_shop UNIQUE (shop_id)
);

CREATE INDEX IF NOT EXISTS tiktok_shop_auth_due ON tiktok_shop_auth (due_at, id);

CREATE INDEX IF NOT EXISTS tiktok_shop_auth_former_user ON tiktok_shop_auth (former_user_id);

-- Open consents: only hashes of states. Spent ones stay until expires_at. What must be acted on once has a blank as its user.
CREATE TABLE IF NOT EXISTS tiktok_shop_auth_state (
  hash VARCHAR_CASESENSITIVE(64) NOT NULL PRIMARY KEY,
  user_id VARCHAR_CASESENSITIVE(256) NOT NULL,
  app_key VARCHAR_CASESENSITIVE(256),
  binding_hash VARCHAR_CASESENSITIVE(64),
  host_state VARCHAR,
  scope VARCHAR,
  created_at TIMESTAMP(6) NOT NULL,
  expires_at TIMESTAMP(3) NOT NULL,
  spent_at TIMESTAMP(3),
  code_hash VARCHAR_CASESENSITIVE(64),
  outcome VARCHAR(128)
);

CREATE INDEX IF NOT EXISTS tiktok_shop_auth_state_user ON tiktok_shop_auth_state (user_id, created_at);

CREATE INDEX IF NOT EXISTS tiktok_shop_auth_state_end ON tiktok_shop_auth_state (expires_at);

-- Authorizations that wait for the choice of a shop; the payload is encrypted.
CREATE TABLE IF NOT EXISTS tiktok_shop_auth_pending (
  hash VARCHAR_CASESENSITIVE(64) NOT NULL PRIMARY KEY,
  user_id VARCHAR_CASESENSITIVE(256) NOT NULL,
  app_key VARCHAR_CASESENSITIVE(256) NOT NULL,
  binding_hash VARCHAR_CASESENSITIVE(64),
  payload VARCHAR NOT NULL,
  obtained_at TIMESTAMP(3) NOT NULL,
  expires_at TIMESTAMP(3) NOT NULL
);

CREATE INDEX IF NOT EXISTS tiktok_shop_auth_pending_user ON tiktok_shop_auth_pending (user_id);

CREATE INDEX IF NOT EXISTS tiktok_shop_auth_pending_end ON tiktok_shop_auth_pending (expires_at);

INSERT INTO tiktok_shop_auth_schema (id, version, compatible_since) VALUES (1, 2, 2);
