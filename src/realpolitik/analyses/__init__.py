"""realpolitik.analyses"""
