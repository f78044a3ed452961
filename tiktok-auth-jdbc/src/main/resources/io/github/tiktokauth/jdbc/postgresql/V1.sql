-- TikTok Shop Auth, schema version 1, for PostgreSQL. Instants are UTC without zone; tokens are encrypted.
-- Hosts with a migration tool of their own may run this file with it, as it stands.

CREATE TABLE IF NOT EXISTS tiktok_shop_auth_schema (
  id SMALLINT NOT NULL PRIMARY KEY,
  version INT NOT NULL
);

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
  shop_cipher TEXT,
  open_id TEXT,
  generation BIGINT NOT NULL,
  tokens_obtained_at TIMESTAMP(3) NOT NULL,
  lease_owner VARCHAR(128),
  lease_until TIMESTAMP(3),
  cool_down_until TIMESTAMP(3),
  failures INT DEFAULT 0 NOT NULL,
  last_code VARCHAR(64),
  last_request_id VARCHAR(128),
  outcome_unknown BOOLEAN DEFAULT FALSE NOT NULL,
  reauthorization_reason VARCHAR(128),
  former_user_id VARCHAR(128) COLLATE "C",
  former_shop_id VARCHAR(128) COLLATE "C",
  CONSTRAINT tiktok_shop_auth_one_per_user UNIQUE (user_id),
  CONSTRAINT tiktok_shop_auth_one_per_shop UNIQUE (shop_id)
) WITH (fillfactor = 70);

CREATE INDEX IF NOT EXISTS tiktok_shop_auth_due ON tiktok_shop_auth (access_token_expires_at, id)
  WHERE is_active AND reauthorization_reason IS NULL;

CREATE INDEX IF NOT EXISTS tiktok_shop_auth_former_user ON tiktok_shop_auth (former_user_id)
  WHERE former_user_id IS NOT NULL;

CREATE TABLE IF NOT EXISTS tiktok_shop_auth_state (
  hash VARCHAR(64) COLLATE "C" NOT NULL PRIMARY KEY,
  user_id VARCHAR(128) COLLATE "C" NOT NULL,
  binding_hash VARCHAR(128),
  host_state TEXT,
  scope TEXT,
  created_at TIMESTAMP(6) NOT NULL,
  expires_at TIMESTAMP(3) NOT NULL,
  used_at TIMESTAMP(3)
);

CREATE INDEX IF NOT EXISTS tiktok_shop_auth_state_user ON tiktok_shop_auth_state (user_id, created_at);

CREATE INDEX IF NOT EXISTS tiktok_shop_auth_state_end ON tiktok_shop_auth_state (expires_at);

INSERT INTO tiktok_shop_auth_schema (id, version) VALUES (1, 1);
