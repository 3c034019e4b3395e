package io.demur.record.policy;

import io.demur.core.charter.Charter;
import io.demur.core.harm.HarmPredictor;

/**
 * Who judges requests under a policy: the judges that it names, each asked in the band that it
 * says. It is handed in because which judges a program has is none of this module's business. Pure;
 * safe for use by several threads.
 */
@FunctionalInterface
public interface Judges {

    /** Those that speak under a policy, as one. */
    HarmPredictor of(Charter charter);
}
