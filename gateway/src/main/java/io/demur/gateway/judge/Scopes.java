package io.demur.gateway.judge;

import io.demur.core.Request;
import io.demur.core.charter.Scope;
import io.demur.core.scope.Belonging;
import io.demur.core.scope.ScopeJudge;
import io.demur.gateway.offload.Offload;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Judges of scopes, each made once: reading a scope's examples takes as long as many requests. Safe
 * for use by several threads.
 */
final class Scopes {

    /** A policy and the one that takes its place; shadows beside them. */
    private static final int KEPT_MAX = 4;

    private final Judges judges;
    private final Offload offload;
    private final Map<Scope, ScopeJudge> made = new LinkedHashMap<>();

    Scopes(Judges judges, Offload offload) {
        this.judges = judges;
        this.offload = offload;
    }

    /** Whether a request belongs; never fails. */
    CompletableFuture<Belonging> judge(Scope scope, Request request) {
        if (judges.scopes().isEmpty()) {
            return CompletableFuture.completedFuture(
                    new Belonging.Unjudged("there is no judge of scope"));
        }
        Function<Scope, ScopeJudge> making = judges.scopes().get();
        return offload.<Belonging>submit(() -> of(scope, making).judge(request))
                .orTimeout(judges.patience().toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(
                        failure -> new Belonging.Unjudged("the judge of scope is not there"));
    }

    /** Runs on a thread that may wait for another that makes the same one. */
    private synchronized ScopeJudge of(Scope scope, Function<Scope, ScopeJudge> making) {
        ScopeJudge known = made.get(scope);
        if (known != null) {
            return known;
        }
        ScopeJudge judge = making.apply(scope);
        made.put(scope, judge);
        if (made.size() > KEPT_MAX) {
            made.remove(made.keySet().iterator().next());
        }
        return judge;
    }
}
