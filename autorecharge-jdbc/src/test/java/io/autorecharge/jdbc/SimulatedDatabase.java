package io.autorecharge.jdbc;

import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.simulation.ClaimWatch;
import io.autorecharge.simulation.Database;
import io.autorecharge.simulation.PortCalls;
import io.autorecharge.simulation.WatchedStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A real database for simulated worlds, with faults at its statements. One world at a time. */
final class SimulatedDatabase implements Database {
    private final DataSource real;
    private final TableNames names;
    private final Ports plain;

    SimulatedDatabase(DataSource real) {
        this.real = real;
        Dialect dialect = Dialect.detect(ConnectionPort.of(real));
        this.names = SchemaResolver.resolve(ConnectionPort.of(real), dialect, AccountsTable.own());
        this.plain = Ports.of(JdbcStore.create(ConnectionPort.of(real), dialect));
    }

    /** Without a row, for the next world. */
    SimulatedDatabase emptied() {
        try (Connection connection = real.getConnection();
                Statement statement = connection.createStatement()) {
            DatabaseContract.empty(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("the tables could not be emptied", e);
        }
        return this;
    }

    @Override
    public Ports plain() {
        return plain;
    }

    @Override
    public Ports of(PortCalls calls, ClaimWatch watch, boolean sweeps) {
        // A node that cannot reach the database when it starts does not start.
        JdbcStore store = JdbcStore.onChecked(
                ConnectionPort.of(FaultyDataSource.of(real, calls)), names, RechargePolicy.DEFAULT_THRESHOLD);
        return Ports.of(new WatchedStore(Ports.of(store), calls, watch, sweeps));
    }
}
