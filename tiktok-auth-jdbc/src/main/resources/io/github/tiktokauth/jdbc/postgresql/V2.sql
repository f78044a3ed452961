-- TikTok Shop Auth, schema version 2, for PostgreSQL. Instants are UTC without zone; tokens are encrypted.
-- Hosts with a migration tool of their own may run this file with it, as it stands.

CREATE TABLE IF NOT EXISTS tiktok_shop_auth_schema (
  id SMALLINT NOT NULL PRIMARY KEY,
  version INT NOT NULL,
  compatible_since INT NOT NULL
);

-- due_at is when a row wants attention next, NULL for never; the database keeps it true to the columns that it is made of.
-- A disconnected row stays as history: is_active is false, tokens, user_id and shop_id are NULL, former_* tell whose it was.
CREATE TABLE IF NOT EXISTS tiktok_shop_auth (
  id VARCHAR(36) COLLATE "C" NOT NULL PRIMARY KEY,
  user_id VARCHAR(128) COLLATE "C",
  shop_id VARCHAR(128) COLLATE "C",
  shop_name TEXT,
  access_token TEXT,
  refresh_token TEXT,
  access_token_expires_at TIMESTAMP(3) NOT NULL,
  refresh_token_expires_at TIMESTAMP(3),
  scope TEXT,
  region TEXT,
  is_active BOOLEAN NOT NULL DEFAULT TRUE,
  created_at TIMESTAMP(3) NOT NULL,
  updated_at TIMESTAMP(3) NOT NULL,
  deleted_at TIMESTAMP(3),
  app_key VARCHAR(128) COLLATE "C",
  shop_cipher TEXT,
  shop_without_cipher BOOLEAN DEFAULT FALSE NOT NULL,
  open_id TEXT,
  generation BIGINT NOT NULL,
  tokens_obtained_at TIMESTAMP(3) NOT NULL,
  authorized_at TIMESTAMP(3) NOT NULL,
  authorized_shops INT,
  lease_owner VARCHAR(128),
  lease_until TIMESTAMP(3),
  cool_down_until TIMESTAMP(3),
  failures INT DEFAULT 0 NOT NULL,
  last_code VARCHAR(64),
  last_request_id VARCHAR(128),
  outcome_unknown BOOLEAN DEFAULT FALSE NOT NULL,
  refusals INT DEFAULT 0 NOT NULL,
  first_refused_at TIMESTAMP(3),
  reauthorization_type VARCHAR(16),
  reauthorization_reason VARCHAR(128),
  next_try_at TIMESTAMP(3),
  forced_at TIMESTAMP(3),
  forced_outcome VARCHAR(64),
  check_requested_at TIMESTAMP(3),
  check_not_before TIMESTAMP(3),
  due_at TIMESTAMP(3) GENERATED ALWAYS AS (
    CASE
      WHEN is_active = FALSE OR reauthorization_type = 'HARD' THEN NULL
      WHEN check_requested_at < COALESCE(next_try_at, access_token_expires_at) THEN check_requested_at
      ELSE COALESCE(next_try_at, access_token_expires_at)
    END
  ) STORED,
  former_user_id VARCHAR(128) COLLATE "C",
  former_shop_id VARCHAR(128) COLLATE "C",
  CONSTRAINT tiktok_shop_auth_one_per_user UNIQUE (user_id),
  CONSTRAINT tiktok_shop_auth_one_per_shop UNIQUE (shop_id)
) WITH (fillfactor = 70);

CREATE INDEX IF NOT EXISTS tiktok_shop_auth_due ON tiktok_shop_auth (due_at, id)
  WHERE due_at IS NOT NULL;

CREATE INDEX IF NOT EXISTS tiktok_shop_auth_former_user ON tiktok_shop_auth (former_user_id)
  WHERE former_user_id IS NOT NULL;

-- Open consents: only hashes of states. Spent ones stay until expires_at. What must be acted on once has a blank as its user.
CREATE TABLE IF NOT EXISTS tiktok_shop_auth_state (
  hash VARCHAR(64) COLLATE "C" NOT NULL PRIMARY KEY,
  user_id VARCHAR(128) COLLATE "C" NOT NULL,
  app_key VARCHAR(128) COLLATE "C",
  binding_hash VARCHAR(64),
  host_state TEXT,
  scope TEXT,
  created_at TIMESTAMP(6) NOT NULL,
  expires_at TIMESTAMP(3) NOT NULL,
  spent_at TIMESTAMP(3),
  code_hash VARCHAR(64),
  outcome VARCHAR(64)
);

CREATE INDEX IF NOT EXISTS tiktok_shop_auth_state_user ON tiktok_shop_auth_state (user_id, created_at);

CREATE INDEX IF NOT EXISTS tiktok_shop_auth_state_end ON tiktok_shop_auth_state (expires_at);

-- Authorizations that wait for the choice of a shop; the payload is encrypted.
CREATE TABLE IF NOT EXISTS tiktok_shop_auth_pending (
  hash VARCHAR(64) COLLATE "C" NOT NULL PRIMARY KEY,
  user_id VARCHAR(128) COLLATE "C" NOT NULL,
  app_key VARCHAR(128) COLLATE "C" NOT NULL,
  binding_hash VARCHAR(64),
  payload TEXT NOT NULL,
  obtained_at TIMESTAMP(3) NOT NULL,
  expires_at TIMESTAMP(3) NOT NULL
);

CREATE INDEX IF NOT EXISTS tiktok_shop_auth_pending_user ON tiktok_shop_auth_pending (user_id);

CREATE INDEX IF NOT EXISTS tiktok_shop_auth_pending_end ON tiktok_shop_auth_pending (expires_at);

INSERT INTO tiktok_shop_auth_schema (id, version, compatible_since) VALUES (1, 2, 2);
