# docker build -t wacr . && docker run -p 8080:8080 -v wacr:/data wacr
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY . .
RUN dotnet publish WaCr.Web -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN mkdir /data && chown $APP_UID /data
WORKDIR /data
VOLUME /data
USER $APP_UID
ENV ASPNETCORE_HTTP_PORTS=8080
EXPOSE 8080
COPY --from=build /app /app
ENTRYPOINT ["/app/WaCr.Web"]
