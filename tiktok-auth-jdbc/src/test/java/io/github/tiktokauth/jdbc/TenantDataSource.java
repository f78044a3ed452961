package io.github.tiktokauth.jdbc;

import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** Routes by the tenant of the calling thread, as hosts of many tenants do. */
final class TenantDataSource extends AbstractRoutingDataSource {

    private final ThreadLocal<String> tenant = new ThreadLocal<>();

    TenantDataSource(Map<String, DataSource> databases) {
        setTargetDataSources(Map.copyOf(databases));
        afterPropertiesSet();
    }

    /** Runs something as a request of one tenant. */
    <T> T as(String name, Supplier<T> request) {
        tenant.set(name);
        try {
            return request.get();
        } finally {
            tenant.remove();
        }
    }

    @Override
    protected @Nullable Object determineCurrentLookupKey() {
        return tenant.get();
    }
}
