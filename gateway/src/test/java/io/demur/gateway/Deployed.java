package io.demur.gateway;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;

import java.util.concurrent.TimeUnit;

/** A verticle on virtual threads, as the gateway's are. */
final class Deployed {

    private static final int SECONDS_MAX = 20;

    private Deployed() {}

    /** Returns once it has started. */
    static void on(Vertx vertx, Deployable verticle) throws Exception {
        vertx.deployVerticle(
                        verticle,
                        new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
                .toCompletionStage()
                .toCompletableFuture()
                .get(SECONDS_MAX, TimeUnit.SECONDS);
    }
}
