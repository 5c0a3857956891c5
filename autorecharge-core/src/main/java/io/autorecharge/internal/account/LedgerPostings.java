package io.autorecharge.internal.account;

import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.Reference;
import io.autorecharge.store.OwedEntries.Bought;
import io.autorecharge.store.Posting;
import io.autorecharge.store.Recharge;
import java.util.ArrayList;
import java.util.List;

/** The ledger entries of a purchase: paid credits, and the bonus as a row of its own. Their descriptions are fixed and documented. */
public final class LedgerPostings {
    private LedgerPostings() {}

    /** Also sent to the provider. */
    public static String describe(Credits credits) {
        return "Auto-recharge: " + credits + " credits";
    }

    /** Sent to the provider for a package that the user asked to buy. */
    public static String describePurchase(Credits credits) {
        return "Credit purchase: " + credits + " credits";
    }

    /** What the entries of a paid recharge say: whether it was automatic. */
    public static Bought.Kind kindOf(Recharge recharge) {
        return recharge.isRequested() ? Bought.Kind.CHECKOUT : Bought.Kind.RECHARGE;
    }

    /** Both descriptions begin with "Auto-recharge": a documented query searches for this prefix. */
    public static List<Posting> ofRecharge(String providerReference, Credits credits, Credits bonus) {
        return of(providerReference, "Auto-recharge: ", credits, "Auto-recharge bonus: ", bonus);
    }

    public static List<Posting> ofCheckout(String providerReference, Credits credits, Credits bonus) {
        return of(providerReference, "Credit purchase: ", credits, "Purchase bonus: ", bonus);
    }

    /** The entries of a payment that bought this. */
    static List<Posting> of(String providerReference, Bought bought) {
        return switch (bought.kind()) {
            case RECHARGE -> ofRecharge(providerReference, bought.credits(), bought.bonus());
            case CHECKOUT -> ofCheckout(providerReference, bought.credits(), bought.bonus());
        };
    }

    /** Signed amounts: a negative amount removes credits. Empty when neither share changed. */
    public static List<Posting> ofReversal(String purchase, String reference, Credits credits, Credits bonus) {
        List<Posting> postings = new ArrayList<>(2);
        if (!credits.isZero()) {
            postings.add(new Posting(
                    EntryType.REVERSAL,
                    Category.PAID,
                    credits,
                    textOfReversal(credits, "Payment reversed: ", "Payment reversal undone: "),
                    reference,
                    purchase));
        }
        if (!bonus.isZero()) {
            postings.add(new Posting(
                    EntryType.REVERSAL,
                    Category.PROMOTIONAL,
                    bonus,
                    textOfReversal(bonus, "Bonus reversed: ", "Bonus reversal undone: "),
                    Reference.bonus(reference),
                    purchase));
        }
        return postings;
    }

    private static String textOfReversal(Credits amount, String taken, String given) {
        return amount.isNegative() ? taken + amount.negated() + " credits" : given + amount + " credits";
    }

    private static List<Posting> of(
            String providerReference, String paidText, Credits credits, String bonusText, Credits bonus) {
        String reference = Reference.purchase(providerReference);
        List<Posting> postings = new ArrayList<>(2);
        postings.add(new Posting(
                EntryType.PURCHASE, Category.PAID, credits, paidText + credits + " credits", reference, null));
        if (bonus.isPositive()) {
            postings.add(new Posting(
                    EntryType.BONUS,
                    Category.PROMOTIONAL,
                    bonus,
                    bonusText + bonus + " credits",
                    Reference.bonus(reference),
                    reference));
        }
        return postings;
    }
}
