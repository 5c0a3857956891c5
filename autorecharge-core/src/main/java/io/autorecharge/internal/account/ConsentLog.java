package io.autorecharge.internal.account;

import io.autorecharge.account.Account;
import io.autorecharge.account.AccountState;
import io.autorecharge.account.Agreement;
import io.autorecharge.account.Consent;
import io.autorecharge.account.ConsentRecord;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.Settings;
import io.autorecharge.policy.Limits;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Records what users agree to, in the step that stores it. Only the newest record is in force, and its number is part of the account's state:
 * no decision reads the records. Safe for use by many threads.
 */
public final class ConsentLog {
    private final StandingReader standingReader;
    private final Map<String, String> textHashes;

    /** @param textHashes the hash of each text that the host has given, by its version */
    public ConsentLog(StandingReader standingReader, Map<String, String> textHashes) {
        this.standingReader = standingReader;
        this.textHashes = Map.copyOf(textHashes);
    }

    /** The hash by which a text is recognized. */
    public static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /**
     * Records how saving settings changes an agreement. Settings and state are saved by the caller.
     *
     * @param before the account with the agreement that binds it, see {@link StandingReader#agreed}
     * @return the state to save instead of that of {@code after}
     */
    AccountState changed(Step step, Account before, Account after, Agreement agreement) {
        Consent known = before.state().consent();
        Consent wanted = after.state().consent();
        AccountState state =
                migrated(step, after.state().recorded(known, before.state().consents()), before.settings());
        if (wanted == null) {
            return known == null ? state : revoked(step, state, known, agreement);
        }
        return wanted.equals(known) ? state : given(step, state, wanted, after.settings(), agreement.actor());
    }

    /** Saves an agreement that the user gave in a checkout, with its record; nothing if it is on record. */
    public void gaveInCheckout(Step step, Consent consent, Settings settings) {
        AccountState state = migrated(step);
        if (!isRecorded(consent, state.consent())) {
            step.tx().save(given(step, state, consent, settings, ConsentRecord.USER));
        }
    }

    /** A checkout in which nothing was agreed to names the agreement that was on record. */
    private static boolean isRecorded(Consent given, @Nullable Consent known) {
        return known != null
                && known.version().equals(given.version())
                && known.at().equals(given.at())
                && Objects.equals(known.source(), given.source());
    }

    private AccountState given(Step step, AccountState state, Consent consent, Settings settings, String actor) {
        Consent.Source source = consent.source() == null ? Consent.Source.MIGRATION : consent.source();
        return record(step, state, consent, settings, source, actor);
    }

    /** Records an agreement from before there were records, once, and saves it. */
    public AccountState migrated(Step step) {
        Account account = standingReader.agreed(step);
        AccountState state = migrated(step, account.state(), account.settings());
        step.tx().save(state);
        return state;
    }

    private AccountState migrated(Step step, AccountState state, Settings settings) {
        Consent consent = state.consent();
        return consent == null || consent.number() != 0 || consent.bought() == null
                ? state
                : record(step, state, consent, settings, Consent.Source.MIGRATION, ConsentRecord.SYSTEM);
    }

    private AccountState record(
            Step step, AccountState state, Consent consent, Settings settings, Consent.Source source, String actor) {
        int number = state.consents() + 1;
        Limits limits = standingReader.orStandard(step).limits();
        step.tx()
                .save(new ConsentRecord(
                        step.account().id(),
                        number,
                        ConsentRecord.Kind.GIVEN,
                        consent.version(),
                        textHashes.get(consent.version()),
                        consent.bought(),
                        consent.max(),
                        new ConsentRecord.Limits(
                                settings.threshold(), limits.purchases(), limits.window(), limits.monthlySpend()),
                        methods(step),
                        source,
                        actor,
                        step.now()));
        return state.recorded(consent.recordedAs(number), number);
    }

    private AccountState revoked(Step step, AccountState state, Consent known, Agreement agreement) {
        ConsentRecord.Kind kind = ConsentRecord.Kind.REVOKED;
        Consent.Source source = agreement.source();
        return state.recorded(null, add(step, state, kind, known, List.of(), source, agreement.actor()));
    }

    /**
     * Records that the user adds a payment method, if an agreement is in force and the method is not listed yet: the agreement covers the
     * methods that were listed when it was given, so another one is an act of its own. To be called before the method is saved.
     */
    public void addsMethod(Step step, String methodId) {
        if (step.account().state().consent() == null || methods(step).contains(methodId)) {
            return;
        }
        AccountState state = migrated(step);
        Consent consent = Objects.requireNonNull(state.consent(), "consent");
        int number = add(
                step,
                state,
                ConsentRecord.Kind.METHOD_ADDED,
                consent,
                List.of(methodId),
                Consent.Source.SETTINGS,
                ConsentRecord.USER);
        step.tx().save(state.recorded(consent, number));
    }

    private int add(
            Step step,
            AccountState state,
            ConsentRecord.Kind kind,
            Consent consent,
            List<String> methods,
            Consent.Source source,
            String actor) {
        int number = state.consents() + 1;
        String version = consent.version();
        String hash = textHashes.get(version);
        step.tx()
                .save(new ConsentRecord(
                        step.account().id(),
                        number,
                        kind,
                        version,
                        hash,
                        null,
                        null,
                        null,
                        methods,
                        source,
                        actor,
                        step.now()));
        return number;
    }

    private static List<String> methods(Step step) {
        Account account = step.account();
        PaymentMethods listed = account.state().backups() == 0
                ? PaymentMethods.of(account)
                : step.tx().methods();
        return listed.all().stream().map(it -> it.method().id()).toList();
    }
}
