-- TikTok Shop Auth, schema version 1, for H2. Instants are UTC without zone; tokens are encrypted.
-- Ids are compared exactly: VARCHAR_CASESENSITIVE is what VARCHAR is in a database without IGNORECASE.
-- Hosts with a migration tool of their own may run this file with it, as it stands.

CREATE TABLE IF NOT EXISTS tiktok_shop_auth_schema (
  id SMALLINT NOT NULL PRIMARY KEY,
  version INT NOT NULL
);

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
  shop_cipher VARCHAR,
  open_id VARCHAR,
  generation BIGINT NOT NULL,
  tokens_obtained_at TIMESTAMP(3) NOT NULL,
  lease_owner VARCHAR(256),
  lease_until TIMESTAMP(3),
  cool_down_until TIMESTAMP(3),
  failures INT DEFAULT 0 NOT NULL,
  last_code VARCHAR(128),
  last_request_id VARCHAR(256),
  outcome_unknown BOOLEAN DEFAULT FALSE NOT NULL,
  reauthorization_reason VARCHAR(256),
  former_user_id VARCHAR_CASESENSITIVE(256),
  former_shop_id VARCHAR_CASESENSITIVE(256),
  CONSTRAINT tiktok_shop_auth_one_per_user UNIQUE (user_id),
  CONSTRAINT tiktok_shop_auth_one_per_shop UNIQUE (shop_id)
);

CREATE INDEX IF NOT EXISTS tiktok_shop_auth_due ON tiktok_shop_auth (is_active, reauthorization_reason, access_token_expires_at, id);

CREATE INDEX IF NOT EXISTS tiktok_shop_auth_former_user ON tiktok_shop_auth (former_user_id);

CREATE TABLE IF NOT EXISTS tiktok_shop_auth_state (
  hash VARCHAR_CASESENSITIVE(64) NOT NULL PRIMARY KEY,
  user_id VARCHAR_CASESENSITIVE(256) NOT NULL,
  binding_hash VARCHAR(256),
  host_state VARCHAR,
  scope VARCHAR,
  created_at TIMESTAMP(6) NOT NULL,
  expires_at TIMESTAMP(3) NOT NULL,
  used_at TIMESTAMP(3)
);

CREATE INDEX IF NOT EXISTS tiktok_shop_auth_state_user ON tiktok_shop_auth_state (user_id, created_at);

CREATE INDEX IF NOT EXISTS tiktok_shop_auth_state_end ON tiktok_shop_auth_state (expires_at);

INSERT INTO tiktok_shop_auth_schema (id, version) VALUES (1, 1);
