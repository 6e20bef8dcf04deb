package floor;

import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.http11.AbstractHttp11Protocol;

/** The floor of Gatehouse's design: embedded Tomcat with one valve that redirects all. */
public class BareTomcat {

    /** Takes the plain port, the HTTPS port and a folder to work in. */
    public static void main(String[] arguments) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(arguments[2]);
        Connector connector = new Connector();
        connector.setPort(Integer.parseInt(arguments[0]));
        connector.setProperty("address", "127.0.0.1");
        ((AbstractHttp11Protocol<?>) connector.getProtocolHandler()).setMaxKeepAliveRequests(-1);
        tomcat.setConnector(connector);
        tomcat.getEngine().getPipeline().addValve(new RedirectValve(arguments[1]));
        tomcat.start();
        tomcat.getServer().await();
    }

    private static final class RedirectValve extends ValveBase {

        private final String httpsPort;

        RedirectValve(String httpsPort) {
            this.httpsPort = httpsPort;
        }

        @Override
        public void invoke(Request request, Response response) {
            String query = request.getQueryString();
            StringBuilder location =
                    new StringBuilder("https://")
                            .append(request.getServerName())
                            .append(':')
                            .append(httpsPort)
                            .append(request.getRequestURI());
            if (query != null) {
                location.append('?').append(query);
            }
            response.setStatus(301);
            response.setHeader("Location", location.toString());
            response.setContentLength(0);
        }
    }
}
