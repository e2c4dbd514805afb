-- Neovim as in the picture: a finding of corolint's clangd, opened as a user does with
-- vim.diagnostic.open_float. The notes are part of the message, as clangd sends them
-- to editors that do not list them apart.
vim.opt.termguicolors = true
vim.opt.background = "dark"
vim.cmd("syntax on | colorscheme slate")
vim.cmd("highlight NormalFloat guifg=#e4e4e4 guibg=#3a3a3a")
vim.cmd("highlight FloatBorder guifg=#8a8a8a guibg=#3a3a3a")
vim.cmd("highlight DiagnosticFloatingWarn guifg=#e4e4e4")
vim.cmd("highlight SignColumn guibg=#262626")
vim.opt.number = true
vim.opt.signcolumn = "yes"
vim.opt.laststatus = 0
vim.opt.ruler = false
vim.opt.fillchars = "eob: "
vim.diagnostic.config({ virtual_text = false })

local capabilities = vim.lsp.protocol.make_client_capabilities()
capabilities.textDocument.publishDiagnostics.relatedInformation = false
vim.api.nvim_create_autocmd("FileType", {
  pattern = "cpp",
  callback = function()
    local client = vim.lsp.start_client({
      name = "corolint",
      cmd = { vim.env.COROLINT_CLANGD, "--background-index=false", "--log=error" },
      root_dir = vim.fn.getcwd(),
      capabilities = capabilities,
    })
    vim.lsp.buf_attach_client(0, client)
  end,
})

local shown = false
vim.api.nvim_create_autocmd("DiagnosticChanged", {
  callback = function()
    local found = vim.diagnostic.get(0)
    if #found == 0 or shown then
      return
    end
    shown = true
    vim.api.nvim_win_set_cursor(0, { found[1].lnum + 1, found[1].col })
    -- Moving the cursor closes such a window: it opens after that.
    vim.defer_fn(function()
      vim.diagnostic.open_float({
        border = "rounded",
        header = "",
        prefix = "",
        offset_y = 1,
        format = function(diagnostic)
          return (diagnostic.message:gsub(vim.pesc(vim.fn.getcwd()) .. "/", ""))
        end,
      })
      vim.cmd("redraw")
      vim.fn.writefile({}, "shown")
    end, 300)
  end,
})
