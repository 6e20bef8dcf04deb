package dev.gatehouse;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** Gatehouse with one path that takes a second. */
@Configuration(proxyBeanMethods = false)
class SlowGatehouse {

    private static final Duration DELAY = Duration.ofSeconds(1);

    public static void main(String[] arguments) {
        SpringApplication.run(
                new Class<?>[] {GatehouseApplication.class, SlowGatehouse.class}, arguments);
    }

    @Bean
    RouterFunction<ServerResponse> slow() {
        return RouterFunctions.route()
                .GET(
                        "/slow",
                        _ -> {
                            System.out.println("slow request");
                            return ServerResponse.async(
                                    CompletableFuture.supplyAsync(
                                            () -> ServerResponse.ok().body("done"),
                                            CompletableFuture.delayedExecutor(
                                                    DELAY.toMillis(), TimeUnit.MILLISECONDS)));
                        })
                .build();
    }
}
