package stock;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.PortMapper;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** HTTPS, a plain connector whose requests are redirected, a ping, and static resources. */
@SpringBootApplication
@RestController
public class StockApplication {

    public static void main(String[] args) {
        SpringApplication.run(StockApplication.class, args);
    }

    @GetMapping("/ping")
    String ping() {
        return "pong";
    }

    @Bean
    SecurityFilterChain security(
            HttpSecurity http,
            @Value("${plain.port}") int plain,
            @Value("${server.port}") int tls) {
        PortMapper ports =
                new PortMapper() {
                    @Override
                    public Integer lookupHttpPort(Integer httpsPort) {
                        return plain;
                    }

                    @Override
                    public Integer lookupHttpsPort(Integer httpPort) {
                        return tls;
                    }
                };
        return http.redirectToHttps(redirect -> {})
                .portMapper(mapper -> mapper.portMapper(ports))
                .csrf(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> plainConnector(
            @Value("${plain.port}") int port) {
        return factory -> {
            Connector connector = new Connector();
            connector.setPort(port);
            // As server.tomcat.max-keep-alive-requests sets it for the other one.
            ((AbstractHttp11Protocol<?>) connector.getProtocolHandler())
                    .setMaxKeepAliveRequests(-1);
            factory.addAdditionalConnectors(connector);
        };
    }
}
