-- TikTok Shop Auth, schema version 2, for MySQL 8. Instants are UTC without zone; tokens are encrypted.
-- Written after MySQL's documentation; not tested on MySQL.
-- The collation compares ids exactly: letter case and trailing blanks count.
-- Hosts with a migration tool of their own may run this file with it, as it stands.

CREATE TABLE IF NOT EXISTS tiktok_shop_auth_schema (
  id SMALLINT NOT NULL PRIMARY KEY,
  version INT NOT NULL,
  compatible_since INT NOT NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

-- due_at is when a row wants attention next, NULL for never; the database keeps it true to the columns that it is made of.
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
  app_key VARCHAR(128),
  shop_cipher MEDIUMTEXT,
  shop_without_cipher BOOLEAN DEFAULT FALSE NOT NULL,
  open_id MEDIUMTEXT,
  generation BIGINT NOT NULL,
  tokens_obtained_at DATETIME(3) NOT NULL,
  authorized_at DATETIME(3) NOT NULL,
  authorized_shops INT,
  lease_owner VARCHAR(128),
  lease_until DATETIME(3),
  cool_down_until DATETIME(3),
  failures INT DEFAULT 0 NOT NULL,
  last_code VARCHAR(64),
  last_request_id VARCHAR(128),
  outcome_unknown BOOLEAN DEFAULT FALSE NOT NULL,
  refusals INT DEFAULT 0 NOT NULL,
  first_refused_at DATETIME(3),
  reauthorization_type VARCHAR(16),
  reauthorization_reason VARCHAR(128),
  next_try_at DATETIME(3),
  forced_at DATETIME(3),
  forced_outcome VARCHAR(64),
  check_requested_at DATETIME(3),
  check_not_before DATETIME(3),
  due_at DATETIME(3) GENERATED ALWAYS AS (
    CASE
      WHEN is_active = FALSE OR reauthorization_type = 'HARD' THEN NULL
      WHEN check_requested_at < COALESCE(next_try_at, access_token_expires_at) THEN check_requested_at
      ELSE COALESCE(next_try_at, access_token_expires_at)
    END
  ) STORED,
  former_user_id VARCHAR(128),
  former_shop_id VARCHAR(128),
  CONSTRAINT tiktok_shop_auth_one_per_user UNIQUE (user_id),
  CONSTRAINT tiktok_shop_auth_one_per_shop UNIQUE (shop_id),
  KEY tiktok_shop_auth_due (due_at, id),
  KEY tiktok_shop_auth_former_user (former_user_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

-- Open consents: only hashes of states. Spent ones stay until expires_at. What must be acted on once has a blank as its user.
CREATE TABLE IF NOT EXISTS tiktok_shop_auth_state (
  hash VARCHAR(64) NOT NULL PRIMARY KEY,
  user_id VARCHAR(128) NOT NULL,
  app_key VARCHAR(128),
  binding_hash VARCHAR(64),
  host_state MEDIUMTEXT,
  scope MEDIUMTEXT,
  created_at DATETIME(6) NOT NULL,
  expires_at DATETIME(3) NOT NULL,
  spent_at DATETIME(3),
  code_hash VARCHAR(64),
  outcome VARCHAR(64),
  KEY tiktok_shop_auth_state_user (user_id, created_at),
  KEY tiktok_shop_auth_state_end (expires_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

-- Authorizations that wait for the choice of a shop; the payload is encrypted.
CREATE TABLE IF NOT EXISTS tiktok_shop_auth_pending (
  hash VARCHAR(64) NOT NULL PRIMARY KEY,
  user_id VARCHAR(128) NOT NULL,
  app_key VARCHAR(128) NOT NULL,
  binding_hash VARCHAR(64),
  payload MEDIUMTEXT NOT NULL,
  obtained_at DATETIME(3) NOT NULL,
  expires_at DATETIME(3) NOT NULL,
  KEY tiktok_shop_auth_pending_user (user_id),
  KEY tiktok_shop_auth_pending_end (expires_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

INSERT INTO tiktok_shop_auth_schema (id, version, compatible_since) VALUES (1, 2, 2);
