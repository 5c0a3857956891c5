package io.autorecharge.examples.nemesis;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.autorecharge.AutoRecharge;
import io.autorecharge.jdbc.ConnectionPort;
import io.autorecharge.jdbc.Dialect;
import io.autorecharge.jdbc.JdbcStore;
import io.autorecharge.store.StoreException;
import io.autorecharge.stripe.StripeGateway;
import io.autorecharge.stripe.StripeSettings;
import io.autorecharge.stripe.StripeWebhook;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;

/** A host process: the library with its own pool, a webhook endpoint, and users who spend credits. Ends when its standard input ends. */
final class NodeMain {
    static final String LISTENING = "listening ";

    private NodeMain() {}

    public static void main(String[] words) throws IOException {
        NodeArguments arguments = NodeArguments.parse(words);
        History history = new History(arguments.history());
        Steps steps = new Steps(arguments.step(), arguments.times(), history);
        AheadClock clock = new AheadClock(arguments.ahead());
        String provider = "http://127.0.0.1:" + providerPort(arguments, steps);
        HangingListener hanging = new HangingListener();
        JdbcStore store = store(arguments, steps);
        StripeSettings stripe = Terms.stripe(provider, arguments.patience());
        StripeGateway gateway = new StripeGateway(stripe);
        AutoRecharge library = AutoRecharge.builder(Terms.POLICY, store, new SteppedGateway(gateway, steps))
                .checkout(gateway)
                .timing(Terms.TIMING)
                .clock(clock)
                .concurrency(4)
                .callsPerSecond(1000)
                .listener(event -> {
                    hanging.pass();
                    history.write("delivered", event.id());
                    steps.reached(Step.N1);
                })
                .build();
        StripeWebhook webhook = new StripeWebhook(stripe, gateway, clock);
        Spender spender = new Spender(library, history, arguments.seed(), new Buyer(library, history, provider));
        int port = new NodeEndpoint(new NodeWebhook(webhook, library, store, clock, steps), spender, clock, hanging)
                .start();
        if (arguments.works()) {
            library.start();
        }
        if (arguments.seed() != 0) {
            spender.resume(History.read(arguments.history()));
            spender.start();
        }
        System.out.println(LISTENING + port);
        while (System.in.read() >= 0) {
            // The parent process ends this one by closing the pipe, or by ending itself.
        }
        Runtime.getRuntime().halt(0);
    }

    /** The database may be down when a node starts; a supervisor would start the node again, with a new pool, until it is there. */
    private static JdbcStore store(NodeArguments arguments, Steps steps) {
        return await().atMost(Duration.ofMinutes(2))
                .ignoreExceptionsInstanceOf(StoreException.class)
                .until(() -> started(arguments, steps), Objects::nonNull);
    }

    private static JdbcStore started(NodeArguments arguments, Steps steps) {
        HikariDataSource pool = pool(arguments);
        try {
            return JdbcStore.create(connections(pool, steps), Dialect.POSTGRESQL);
        } catch (StoreException e) {
            pool.close();
            throw e;
        }
    }

    /** Step G2 lies between the provider's answer and the node: a proxy must hold the answer. */
    private static int providerPort(NodeArguments arguments, Steps steps) throws IOException {
        return steps.isArmed(Step.G2)
                ? new TcpProxy(arguments.providerPort(), new AnswerWatch(steps)).port()
                : arguments.providerPort();
    }

    private static HikariDataSource pool(NodeArguments arguments) {
        HikariConfig config = new HikariConfig();
        // Without a socket timeout, a network that drops everything would block a thread forever.
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + arguments.databasePort() + "/" + arguments.database()
                + "?socketTimeout="
                + (arguments.patience().toMillis() * 3 / 1000 + 1)
                + "&connectTimeout=2&loginTimeout=3&tcpKeepAlive=true");
        config.setUsername("postgres");
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(2500);
        config.setValidationTimeout(1000);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    private static ConnectionPort connections(DataSource pool, Steps steps) {
        SteppedDataSource stepped = new SteppedDataSource(OneUrl.of(pool), steps);
        return new ConnectionPort() {
            @Override
            public Connection hostTransaction() {
                return null;
            }

            @Override
            public Connection open() throws SQLException {
                return stepped.open();
            }
        };
    }
}
