/** The words money and credits are counted in: exact values and the entries of the ledger. */
@NullMarked
package io.autorecharge.credit;

import org.jspecify.annotations.NullMarked;
