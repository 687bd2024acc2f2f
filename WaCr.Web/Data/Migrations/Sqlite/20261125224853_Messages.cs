using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WaCr.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Messages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Channels",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    PhoneNumberId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    BusinessAccountId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    DisplayPhoneNumber = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    VerifiedName = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    AccessToken = table.Column<string>(type: "TEXT", nullable: true),
                    AppSecret = table.Column<string>(type: "TEXT", nullable: true),
                    VerifyToken = table.Column<string>(type: "TEXT", nullable: true),
                    VerifyTokenHash = table.Column<byte[]>(type: "BLOB", nullable: true),
                    DefaultStatusId = table.Column<long>(type: "INTEGER", nullable: true),
                    DefaultSourceId = table.Column<long>(type: "INTEGER", nullable: true),
                    DefaultAssignedId = table.Column<long>(type: "INTEGER", nullable: true),
                    OptOutWords = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    CredentialRefusedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CredentialError = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    PausedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    MessagesPerSecond = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Channels", x => x.Id);
                    table.UniqueConstraint("AK_Channels_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_Channels_Memberships_TenantId_DefaultAssignedId",
                        columns: x => new { x.TenantId, x.DefaultAssignedId },
                        principalTable: "Memberships",
                        principalColumns: new[] { "TenantId", "UserId" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Channels_Sources_TenantId_DefaultSourceId",
                        columns: x => new { x.TenantId, x.DefaultSourceId },
                        principalTable: "Sources",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Channels_Statuses_TenantId_DefaultStatusId",
                        columns: x => new { x.TenantId, x.DefaultStatusId },
                        principalTable: "Statuses",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Channels_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "MediaFiles",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    ContentType = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MediaFiles", x => x.Id);
                    table.UniqueConstraint("AK_MediaFiles_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_MediaFiles_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "OneTimeCodeLimits",
                columns: table => new
                {
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    Action = table.Column<int>(type: "INTEGER", nullable: false),
                    PhoneKey = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OneTimeCodeLimits", x => new { x.TenantId, x.Action, x.PhoneKey });
                    table.ForeignKey(
                        name: "FK_OneTimeCodeLimits_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "OneTimeCodes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    PhoneKey = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Purpose = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Salt = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UsedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    MessageId = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OneTimeCodes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_OneTimeCodes_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Templates",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    BusinessAccountId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    WhatsAppId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 512, nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    Category = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ParameterFormat = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    HeaderFormat = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Quality = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    RejectedReason = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    MessageSendTtlSeconds = table.Column<int>(type: "INTEGER", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SyncedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Body = table.Column<string>(type: "TEXT", nullable: false),
                    Components = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Templates", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Templates_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "UsageWindows",
                columns: table => new
                {
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    ContactId = table.Column<long>(type: "INTEGER", nullable: false),
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    IsLatest = table.Column<bool>(type: "INTEGER", nullable: false),
                    Period = table.Column<string>(type: "TEXT", maxLength: 7, nullable: false),
                    Messages = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UsageWindows", x => new { x.TenantId, x.ContactId, x.OpenedAt });
                    table.ForeignKey(
                        name: "FK_UsageWindows_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ChannelIdentities",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    ChannelId = table.Column<long>(type: "INTEGER", nullable: false),
                    ContactId = table.Column<long>(type: "INTEGER", nullable: false),
                    WaId = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    UserId = table.Column<string>(type: "TEXT", maxLength: 160, nullable: true),
                    ProfileName = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastSeenAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChannelIdentities", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ChannelIdentities_Channels_TenantId_ChannelId",
                        columns: x => new { x.TenantId, x.ChannelId },
                        principalTable: "Channels",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Conversations",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    ChannelId = table.Column<long>(type: "INTEGER", nullable: false),
                    ContactId = table.Column<long>(type: "INTEGER", nullable: false),
                    WaId = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    UserId = table.Column<string>(type: "TEXT", maxLength: 160, nullable: true),
                    AssignedId = table.Column<long>(type: "INTEGER", nullable: true),
                    LastMessageAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastMessageId = table.Column<long>(type: "INTEGER", nullable: true),
                    LastInboundAt = table.Column<long>(type: "INTEGER", nullable: true),
                    UnreadCount = table.Column<int>(type: "INTEGER", nullable: false),
                    ReadUpToId = table.Column<long>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Conversations", x => x.Id);
                    table.UniqueConstraint("AK_Conversations_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_Conversations_Channels_TenantId_ChannelId",
                        columns: x => new { x.TenantId, x.ChannelId },
                        principalTable: "Channels",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Conversations_Memberships_TenantId_AssignedId",
                        columns: x => new { x.TenantId, x.AssignedId },
                        principalTable: "Memberships",
                        principalColumns: new[] { "TenantId", "UserId" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "WebhookEvents",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    ChannelId = table.Column<long>(type: "INTEGER", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Field = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    ReceivedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ProcessedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    Error = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    Payload = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WebhookEvents", x => x.Id);
                    table.ForeignKey(
                        name: "FK_WebhookEvents_Channels_TenantId_ChannelId",
                        columns: x => new { x.TenantId, x.ChannelId },
                        principalTable: "Channels",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Comments",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    ConversationId = table.Column<long>(type: "INTEGER", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 5000, nullable: false),
                    StatusMessage = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    MediaFileId = table.Column<long>(type: "INTEGER", nullable: true),
                    FileName = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    Url = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: true),
                    MessageId = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    RefMessageId = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    StaffId = table.Column<long>(type: "INTEGER", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Comments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Comments_Conversations_TenantId_ConversationId",
                        columns: x => new { x.TenantId, x.ConversationId },
                        principalTable: "Conversations",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Comments_MediaFiles_TenantId_MediaFileId",
                        columns: x => new { x.TenantId, x.MediaFileId },
                        principalTable: "MediaFiles",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Comments_Memberships_TenantId_StaffId",
                        columns: x => new { x.TenantId, x.StaffId },
                        principalTable: "Memberships",
                        principalColumns: new[] { "TenantId", "UserId" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Messages",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    ConversationId = table.Column<long>(type: "INTEGER", nullable: false),
                    ChannelId = table.Column<long>(type: "INTEGER", nullable: false),
                    ContactId = table.Column<long>(type: "INTEGER", nullable: false),
                    Direction = table.Column<int>(type: "INTEGER", nullable: false),
                    Type = table.Column<int>(type: "INTEGER", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    Wamid = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    Nonce = table.Column<int>(type: "INTEGER", nullable: false),
                    ReplyToWamid = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    StaffId = table.Column<long>(type: "INTEGER", nullable: true),
                    TemplateName = table.Column<string>(type: "TEXT", maxLength: 512, nullable: true),
                    TemplateLanguage = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    CampaignId = table.Column<long>(type: "INTEGER", nullable: true),
                    UsageWindowOpenedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    State = table.Column<int>(type: "INTEGER", nullable: true),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LeaseUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    LeaseOwner = table.Column<Guid>(type: "TEXT", nullable: true),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    ErrorCode = table.Column<int>(type: "INTEGER", nullable: true),
                    Error = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    SentAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DeliveredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ReadAt = table.Column<long>(type: "INTEGER", nullable: true),
                    FailedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Url = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: true),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    Content = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Messages", x => x.Id);
                    table.UniqueConstraint("AK_Messages_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_Messages_Channels_TenantId_ChannelId",
                        columns: x => new { x.TenantId, x.ChannelId },
                        principalTable: "Channels",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Messages_Conversations_TenantId_ConversationId",
                        columns: x => new { x.TenantId, x.ConversationId },
                        principalTable: "Conversations",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Messages_Memberships_TenantId_StaffId",
                        columns: x => new { x.TenantId, x.StaffId },
                        principalTable: "Memberships",
                        principalColumns: new[] { "TenantId", "UserId" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "MessageMedia",
                columns: table => new
                {
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false),
                    MessageId = table.Column<long>(type: "INTEGER", nullable: false),
                    MediaFileId = table.Column<long>(type: "INTEGER", nullable: true),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    WhatsAppId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    FileName = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    ClaimedContentType = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    IsVoice = table.Column<bool>(type: "INTEGER", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LeaseUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    LeaseOwner = table.Column<Guid>(type: "TEXT", nullable: true),
                    Error = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MessageMedia", x => new { x.TenantId, x.MessageId });
                    table.ForeignKey(
                        name: "FK_MessageMedia_MediaFiles_TenantId_MediaFileId",
                        columns: x => new { x.TenantId, x.MediaFileId },
                        principalTable: "MediaFiles",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_MessageMedia_Messages_TenantId_MessageId",
                        columns: x => new { x.TenantId, x.MessageId },
                        principalTable: "Messages",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ChannelIdentities_TenantId_ChannelId_UserId",
                table: "ChannelIdentities",
                columns: new[] { "TenantId", "ChannelId", "UserId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ChannelIdentities_TenantId_ChannelId_WaId",
                table: "ChannelIdentities",
                columns: new[] { "TenantId", "ChannelId", "WaId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ChannelIdentities_TenantId_ContactId",
                table: "ChannelIdentities",
                columns: new[] { "TenantId", "ContactId" });

            migrationBuilder.CreateIndex(
                name: "IX_Channels_BusinessAccountId",
                table: "Channels",
                column: "BusinessAccountId");

            migrationBuilder.CreateIndex(
                name: "IX_Channels_PhoneNumberId",
                table: "Channels",
                column: "PhoneNumberId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Channels_VerifyTokenHash",
                table: "Channels",
                column: "VerifyTokenHash");

            migrationBuilder.CreateIndex(
                name: "IX_Comments_TenantId_ConversationId_CreatedAt_Id",
                table: "Comments",
                columns: new[] { "TenantId", "ConversationId", "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_TenantId_AssignedId_LastMessageAt_Id",
                table: "Conversations",
                columns: new[] { "TenantId", "AssignedId", "LastMessageAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_TenantId_ContactId_ChannelId",
                table: "Conversations",
                columns: new[] { "TenantId", "ContactId", "ChannelId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_TenantId_LastMessageAt_Id",
                table: "Conversations",
                columns: new[] { "TenantId", "LastMessageAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_Unread",
                table: "Conversations",
                columns: new[] { "TenantId", "LastMessageAt", "Id" },
                filter: "\"UnreadCount\" > 0");

            migrationBuilder.CreateIndex(
                name: "IX_MediaFiles_TenantId_Hash",
                table: "MediaFiles",
                columns: new[] { "TenantId", "Hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_MessageMedia_TenantId_DueAt_MessageId",
                table: "MessageMedia",
                columns: new[] { "TenantId", "DueAt", "MessageId" },
                filter: "\"State\" = 0");

            migrationBuilder.CreateIndex(
                name: "IX_MessageMedia_TenantId_MediaFileId",
                table: "MessageMedia",
                columns: new[] { "TenantId", "MediaFileId" });

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Sending",
                table: "Messages",
                columns: new[] { "TenantId", "LeaseUntil", "Id" },
                filter: "\"State\" = 1");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_TenantId_CampaignId_ContactId",
                table: "Messages",
                columns: new[] { "TenantId", "CampaignId", "ContactId" },
                unique: true,
                filter: "\"CampaignId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_TenantId_ConversationId_CreatedAt_Id",
                table: "Messages",
                columns: new[] { "TenantId", "ConversationId", "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Messages_TenantId_CreatedAt_Id",
                table: "Messages",
                columns: new[] { "TenantId", "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Messages_TenantId_Status_CreatedAt_Id",
                table: "Messages",
                columns: new[] { "TenantId", "Status", "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Messages_TenantId_TemplateName_TemplateLanguage_CreatedAt",
                table: "Messages",
                columns: new[] { "TenantId", "TemplateName", "TemplateLanguage", "CreatedAt" },
                filter: "\"TemplateName\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_TenantId_Type_CreatedAt_Id",
                table: "Messages",
                columns: new[] { "TenantId", "Type", "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Messages_TenantId_UpdatedAt_Id",
                table: "Messages",
                columns: new[] { "TenantId", "UpdatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Messages_TenantId_Wamid",
                table: "Messages",
                columns: new[] { "TenantId", "Wamid" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Unsent",
                table: "Messages",
                columns: new[] { "TenantId", "State", "Id" },
                filter: "\"State\" > 2");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Waiting",
                table: "Messages",
                columns: new[] { "TenantId", "ChannelId", "DueAt", "Id" },
                filter: "\"State\" = 0");

            migrationBuilder.CreateIndex(
                name: "IX_OneTimeCodeLimits_TenantId_StartedAt",
                table: "OneTimeCodeLimits",
                columns: new[] { "TenantId", "StartedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_OneTimeCodes_TenantId_ExpiresAt",
                table: "OneTimeCodes",
                columns: new[] { "TenantId", "ExpiresAt" });

            migrationBuilder.CreateIndex(
                name: "IX_OneTimeCodes_TenantId_PhoneKey_Purpose",
                table: "OneTimeCodes",
                columns: new[] { "TenantId", "PhoneKey", "Purpose" },
                unique: true,
                filter: "\"State\" = 0");

            migrationBuilder.CreateIndex(
                name: "IX_OneTimeCodes_TenantId_PhoneKey_Purpose_CreatedAt",
                table: "OneTimeCodes",
                columns: new[] { "TenantId", "PhoneKey", "Purpose", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Templates_TenantId_CreatedAt_Id",
                table: "Templates",
                columns: new[] { "TenantId", "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Templates_TenantId_Name_Language_BusinessAccountId",
                table: "Templates",
                columns: new[] { "TenantId", "Name", "Language", "BusinessAccountId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Templates_TenantId_UpdatedAt_Id",
                table: "Templates",
                columns: new[] { "TenantId", "UpdatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Templates_TenantId_WhatsAppId",
                table: "Templates",
                columns: new[] { "TenantId", "WhatsAppId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_UsageWindows_TenantId_ContactId",
                table: "UsageWindows",
                columns: new[] { "TenantId", "ContactId" },
                unique: true,
                filter: "\"IsLatest\"");

            migrationBuilder.CreateIndex(
                name: "IX_UsageWindows_TenantId_OpenedAt",
                table: "UsageWindows",
                columns: new[] { "TenantId", "OpenedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_WebhookEvents_TenantId_DueAt_Id",
                table: "WebhookEvents",
                columns: new[] { "TenantId", "DueAt", "Id" },
                filter: "\"State\" = 0");

            migrationBuilder.CreateIndex(
                name: "IX_WebhookEvents_TenantId_Key",
                table: "WebhookEvents",
                columns: new[] { "TenantId", "Key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_WebhookEvents_TenantId_ProcessedAt",
                table: "WebhookEvents",
                columns: new[] { "TenantId", "ProcessedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ChannelIdentities");

            migrationBuilder.DropTable(
                name: "Comments");

            migrationBuilder.DropTable(
                name: "MessageMedia");

            migrationBuilder.DropTable(
                name: "OneTimeCodeLimits");

            migrationBuilder.DropTable(
                name: "OneTimeCodes");

            migrationBuilder.DropTable(
                name: "Templates");

            migrationBuilder.DropTable(
                name: "UsageWindows");

            migrationBuilder.DropTable(
                name: "WebhookEvents");

            migrationBuilder.DropTable(
                name: "MediaFiles");

            migrationBuilder.DropTable(
                name: "Messages");

            migrationBuilder.DropTable(
                name: "Conversations");

            migrationBuilder.DropTable(
                name: "Channels");
        }
    }
}
