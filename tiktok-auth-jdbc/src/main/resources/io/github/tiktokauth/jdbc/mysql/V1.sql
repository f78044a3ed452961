-- TikTok Shop Auth, schema version 1, for MySQL 8. Instants are UTC without zone; tokens are encrypted.
-- Written after MySQL's documentation; not tested on MySQL.
-- The collation compares ids exactly: letter case and trailing blanks count.
-- Hosts with a migration tool of their own may run this file with it, as it stands.

CREATE TABLE IF NOT EXISTS tiktok_shop_auth_schema (
  id SMALLINT NOT NULL PRIMARY KEY,
  version INT NOT NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

-- A disconnected row stays as history: is_active is false, tokens, user_id and shop_id are NULL, former_* tell whose it was.
CREATE TABLE IF NOT EXISTS tiktok_shop_auth (
  id VARCHAR(36) NOT NULL PRIMARY KEY,
  user_id VARCHAR(128),
  shop_id VARCHAR(128),
  shop_name MEDIUMTEXT,
  access_token MEDIUMTEXT,
  refresh_token MEDIUMTEXT,
  access_token_expires_at DATETIME(3) NOT NULL,
  refresh_token_expires_at DATETIME(3),
  scope MEDIUMTEXT,
  region MEDIUMTEXT,
  is_active BOOLEAN DEFAULT TRUE NOT NULL,
  created_at DATETIME(3) NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  deleted_at DATETIME(3),
  shop_cipher MEDIUMTEXT,
  open_id MEDIUMTEXT,
  generation BIGINT NOT NULL,
  tokens_obtained_at DATETIME(3) NOT NULL,
  lease_owner VARCHAR(128),
  lease_until DATETIME(3),
  cool_down_until DATETIME(3),
  failures INT DEFAULT 0 NOT NULL,
  last_code VARCHAR(64),
  last_request_id VARCHAR(128),
  outcome_unknown BOOLEAN DEFAULT FALSE NOT NULL,
  reauthorization_reason VARCHAR(128),
  former_user_id VARCHAR(128),
  former_shop_id VARCHAR(128),
  CONSTRAINT tiktok_shop_auth_one_per_user UNIQUE (user_id),
  CONSTRAINT tiktok_shop_auth_one_per_shop UNIQUE (shop_id),
  KEY tiktok_shop_auth_due (is_active, reauthorization_reason, access_token_expires_at, id),
  KEY tiktok_shop_auth_former_user (former_user_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

CREATE TABLE IF NOT EXISTS tiktok_shop_auth_state (
  hash VARCHAR(64) NOT NULL PRIMARY KEY,
  user_id VARCHAR(128) NOT NULL,
  binding_hash VARCHAR(128),
  host_state MEDIUMTEXT,
  scope MEDIUMTEXT,
  created_at DATETIME(6) NOT NULL,
  expires_at DATETIME(3) NOT NULL,
  used_at DATETIME(3),
  KEY tiktok_shop_auth_state_user (user_id, created_at),
  KEY tiktok_shop_auth_state_end (expires_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

INSERT INTO tiktok_shop_auth_schema (id, version) VALUES (1, 1);
