package io.demur.record.policy;

import io.demur.core.Problem;
import io.demur.core.charter.Charter;

import java.util.List;
import java.util.Optional;

/**
 * Reads what a statement carries. It is handed in because the documents' form is none of this
 * module's business. Pure; safe for use by several threads.
 */
public interface Documents {

    /** A policy; nothing where there is any problem. */
    Optional<Charter> charter(String name, String text, List<Problem> problems);

    /** A list of principals; nothing where there is any problem. */
    Optional<Trust> trust(String name, String text, List<Problem> problems);
}
