#include "cli/connection_options.h"

#include <cstdlib>
#include <string>

#include "common/rpc/channel.h"

namespace attache::cli {
namespace {

void AddFile(CLI::App& app, const std::string& flag, rpc::FlagFile& file,
             const std::string& variable, const std::string& help) {
  file.flag = flag;
  app.add_option(flag, file.path, help)->envname(variable);
}

}  // namespace

void AddConnectionOptions(CLI::App& app, Addresses& addresses) {
  app.add_option("--ingestor", addresses.ingestor, "Address of the ingestor")
      ->envname("ATTACHE_INGESTOR")
      ->capture_default_str();
  app.add_option("--query", addresses.query, "Address of the query service")
      ->envname("ATTACHE_QUERY")
      ->capture_default_str();
  rpc::ChannelSecurity& security = addresses.security;
  AddFile(app, "--tls-ca", security.tls_ca, "ATTACHE_TLS_CA",
          "Certificates that issue the services' theirs (PEM); turns TLS on");
  AddFile(app, "--tls-certificate", security.tls_certificate,
          "ATTACHE_CLIENT_CERTIFICATE",
          "Certificate to show the services, where they ask for one (PEM)");
  AddFile(app, "--tls-key", security.tls_key, "ATTACHE_CLIENT_KEY",
          "Its key (PEM)");
  security.tls_server_name_flag = "--tls-server-name";
  app.add_option("--tls-server-name", security.tls_server_name,
                 "Name in the services' certificates, where it is not the "
                 "address's host")
      ->envname("ATTACHE_TLS_SERVER_NAME");
  AddFile(app, "--token-file", security.token_file, "ATTACHE_TOKEN_FILE",
          "File that holds the token; or set ATTACHE_TOKEN to the token");
  // Never an option: others on the machine can read command lines.
  security.token_flag = "ATTACHE_TOKEN";
  if (const char* token = std::getenv("ATTACHE_TOKEN"); token != nullptr) {
    security.token = token;
  }
}

}  // namespace attache::cli
