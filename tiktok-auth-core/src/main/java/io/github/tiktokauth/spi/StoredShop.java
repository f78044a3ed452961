package io.github.tiktokauth.spi;

import org.jspecify.annotations.Nullable;

/**
 * A shop as TikTok's shop list gives it.
 *
 * <p>Stores should construct it with {@link #builder(String)}: later versions may add components.
 *
 * @param shopId TikTok's id: up to 19 digits, beyond 2<sup>53</sup>, therefore text
 * @param name the display name, or {@code null} if TikTok gave none
 * @param region the market, for example {@code GB}, or {@code null} if TikTok gave none
 * @param cipher the value that other calls name {@code shop_cipher}, or {@code null} if it is not known
 * @param withoutCipher whether TikTok's shop list was read and gave this shop no cipher, so that asking again is of no use;
 *     {@code false} when {@code cipher} is there or was never asked for
 */
public record StoredShop(
        String shopId,
        @Nullable String name,
        @Nullable String region,
        @Nullable String cipher,
        boolean withoutCipher) {

    /**
     * Returns a builder with nothing but the id set.
     *
     * @param shopId TikTok's id of the shop
     * @return a new builder
     */
    public static Builder builder(String shopId) {
        return new Builder(shopId);
    }

    /**
     * Returns a builder with the values of this shop.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        return builder(shopId).name(name).region(region).cipher(cipher).withoutCipher(withoutCipher);
    }

    /** Builds a {@link StoredShop}. Not safe for use by several threads at once. */
    public static final class Builder {

        private final String shopId;
        private @Nullable String name;
        private @Nullable String region;
        private @Nullable String cipher;
        private boolean withoutCipher;

        private Builder(String shopId) {
            this.shopId = shopId;
        }

        /**
         * Sets the display name.
         *
         * @param name the name, or {@code null} for none
         * @return this builder
         */
        public Builder name(@Nullable String name) {
            this.name = name;
            return this;
        }

        /**
         * Sets the market.
         *
         * @param region the region, or {@code null} for none
         * @return this builder
         */
        public Builder region(@Nullable String region) {
            this.region = region;
            return this;
        }

        /**
         * Sets the shop cipher.
         *
         * @param cipher the cipher, or {@code null} if it is not known
         * @return this builder
         */
        public Builder cipher(@Nullable String cipher) {
            this.cipher = cipher;
            return this;
        }

        /**
         * Sets whether TikTok's shop list gave this shop no cipher.
         *
         * @param withoutCipher whether asking again is of no use
         * @return this builder
         */
        public Builder withoutCipher(boolean withoutCipher) {
            this.withoutCipher = withoutCipher;
            return this;
        }

        /**
         * Builds the shop.
         *
         * @return a new shop
         */
        public StoredShop build() {
            return new StoredShop(shopId, name, region, cipher, withoutCipher);
        }
    }
}
