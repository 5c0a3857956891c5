package io.autorecharge.report;

/**
 * The result of one run over the due accounts.
 *
 * @param checked accounts that were checked
 * @param paid recharges that were paid
 * @param held accounts that were not charged, for a reason
 * @param declined recharges that were declined or need the customer's authentication
 * @param open recharges whose outcome is not known yet
 * @param failed accounts whose processing failed; they will be retried
 * @param providerRefused whether the provider refused the host's key, mode or permission, which stops the run
 */
public record RunReport(int checked, int paid, int held, int declined, int open, int failed, boolean providerRefused) {
    /** Whether every due account was processed. */
    public boolean isHealthy() {
        return failed == 0 && !providerRefused;
    }
}
